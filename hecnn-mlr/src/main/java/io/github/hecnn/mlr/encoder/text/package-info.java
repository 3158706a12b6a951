/**
 * Sentence encoders, in the clear, on the side of whoever owns the texts: a text becomes a vector of fixed length. From the simplest to the best:
 *
 * <ul>
 *   <li>{@link io.github.hecnn.mlr.encoder.text.HashedSentenceEncoder}: hashed words, without any library or file;
 *   <li>{@link io.github.hecnn.mlr.encoder.text.MiniLm}: a real one whose model comes with an optional dependency, no download at run time;
 *   <li>{@link io.github.hecnn.mlr.encoder.text.EmbeddingModelEncoder}: any embedding model of langchain4j;
 *   <li>{@link io.github.hecnn.mlr.encoder.text.OnnxSentenceEncoder}: a model in an ONNX file with its {@code tokenizer.json}.
 * </ul>
 *
 * <p>{@link io.github.hecnn.mlr.encoder.text.SentenceModel} names one of them, so that two parties take the same. Nothing here sees a key or a ciphertext.
 */
package io.github.hecnn.mlr.encoder.text;
