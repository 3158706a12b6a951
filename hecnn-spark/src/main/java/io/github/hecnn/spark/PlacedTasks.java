package io.github.hecnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Collections of one element a partition, with the places where it had best be worked on. */
final class PlacedTasks {
    private PlacedTasks() {}

    /**
     * An element with its places.
     *
     * @param value goes to a task
     * @param places hosts, or {@code executor_HOST_ID}; none if it does not matter
     */
    record Placed<T extends Serializable>(T value, List<String> places) {}

    /** One partition for each element. */
    static <T extends Serializable> JavaRDD<T> on(JavaSparkContext spark, List<Placed<T>> elements, Class<T> type) {
        List<Tuple2<T, Seq<String>>> pairs = new ArrayList<>();
        for (Placed<T> e : elements) {
            pairs.add(new Tuple2<>(e.value(), seq(e.places())));
        }
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        RDD<T> rdd = spark.sc().makeRDD(seq(pairs), tag);
        return rdd.toJavaRDD();
    }

    private static <E> Seq<E> seq(List<E> list) {
        return CollectionConverters.asScala(list).toSeq();
    }
}
