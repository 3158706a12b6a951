/**
 * Multiclass logistic regression on encrypted features: data and features in the clear, recipes for encrypted training, plans, the roles of
 * owner and cloud, the files they exchange, and transfer learning on encrypted texts.
 *
 * <p>Automatic modules, which {@code jlink} does not take, are commons-math3 (without a module name of its own), and what encoders of sentences and images
 * need, all of it optional: ONNX Runtime, the tokenizers of DJL, langchain4j. An exported signature names one of their types, the embedding model of langchain4j: whoever uses it requires that module too.
 */
module io.github.hecnn.mlr {
    requires transitive io.github.hecnn.ckks;
    requires com.fasterxml.jackson.databind;
    requires static ai.djl.tokenizers;
    requires static com.microsoft.onnxruntime;
    requires static java.desktop;
    requires static langchain4j.embeddings;
    requires static langchain4j.embeddings.all.minilm.l6.v2.q;
    requires static langchain4j.core;
    requires commons.math3;
    requires java.management;
    requires org.apache.commons.csv;

    exports io.github.hecnn.mlr;
    exports io.github.hecnn.mlr.approx;
    exports io.github.hecnn.mlr.data;
    exports io.github.hecnn.mlr.data.image;
    exports io.github.hecnn.mlr.data.synthetic;
    exports io.github.hecnn.mlr.dataset;
    exports io.github.hecnn.mlr.encoder.image;
    exports io.github.hecnn.mlr.encoder.onnx;
    exports io.github.hecnn.mlr.encoder.text;
    exports io.github.hecnn.mlr.exchange;
    exports io.github.hecnn.mlr.features;
    exports io.github.hecnn.mlr.model;
    exports io.github.hecnn.mlr.plan;
    exports io.github.hecnn.mlr.recipe;
    exports io.github.hecnn.mlr.recipe.packed;
    exports io.github.hecnn.mlr.recipe.plain;
    exports io.github.hecnn.mlr.recipe.row;
    exports io.github.hecnn.mlr.recipe.volley;
    exports io.github.hecnn.mlr.rehearsal;
    exports io.github.hecnn.mlr.report;
    exports io.github.hecnn.mlr.report.row;
    exports io.github.hecnn.mlr.roles;
    exports io.github.hecnn.mlr.roles.row;
    exports io.github.hecnn.mlr.samples;
    exports io.github.hecnn.mlr.serving;
    exports io.github.hecnn.mlr.training;
    exports io.github.hecnn.mlr.transfer;
    exports io.github.hecnn.mlr.transfer.network;
    exports io.github.hecnn.mlr.transfer.network.conv;
    exports io.github.hecnn.mlr.transfer.network.inference;
    exports io.github.hecnn.mlr.transfer.network.onnx;
    exports io.github.hecnn.mlr.transfer.network.train;
    exports io.github.hecnn.mlr.transfer.report;
    exports io.github.hecnn.mlr.transfer.text;

    // records that it makes from JSON and that are nobody else's
    opens io.github.hecnn.mlr.dataset to
            com.fasterxml.jackson.databind;
    opens io.github.hecnn.mlr.roles to
            com.fasterxml.jackson.databind;
    opens io.github.hecnn.mlr.roles.row to
            com.fasterxml.jackson.databind;
    opens io.github.hecnn.mlr.serving to
            com.fasterxml.jackson.databind;
}
