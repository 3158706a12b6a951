/** Reading of ONNX files as far as it takes no native code: fields of messages of protocol buffers. */
package io.github.hecnn.mlr.encoder.onnx;
