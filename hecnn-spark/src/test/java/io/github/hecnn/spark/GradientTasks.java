package io.github.hecnn.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** Counts the tasks that each gradient of a training starts, those that are repeated as well. */
final class GradientTasks extends SparkListener {
    /** Hears of each task. */
    interface Started {
        /**
         * A task began.
         *
         * @param gradient 1 for the first
         */
        void task(int gradient, int started);
    }

    private final Started listener;
    private final Map<Integer, Integer> gradientOfStage = new HashMap<>();
    private final List<Integer> started = new ArrayList<>();
    private final List<String> localities = new ArrayList<>();

    GradientTasks(Started listener) {
        this.listener = listener;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String description = job.properties().getProperty("spark.job.description", "");
        if (description.startsWith("gradient")) {
            synchronized (this) {
                started.add(0);
                CollectionConverters.asJava(job.stageInfos())
                        .forEach(stage -> gradientOfStage.put(stage.stageId(), started.size()));
            }
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        int gradient;
        int count;
        synchronized (this) {
            gradient = gradientOfStage.getOrDefault(task.stageId(), 0);
            if (gradient == 0) {
                return;
            }
            count = started.get(gradient - 1) + 1;
            started.set(gradient - 1, count);
            localities.add(task.taskInfo().taskLocality().toString());
        }
        listener.task(gradient, count);
    }

    /** How near its data each task was, in Spark's words. */
    synchronized List<String> localities() {
        return List.copyOf(localities);
    }

    /** Tasks of gradient 1, 2, ... */
    synchronized List<Integer> startedByGradient() {
        return List.copyOf(started);
    }
}
