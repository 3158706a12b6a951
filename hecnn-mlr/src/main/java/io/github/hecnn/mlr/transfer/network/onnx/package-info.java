/** Networks for encrypted inputs that are read from ONNX files, without native code. */
package io.github.hecnn.mlr.transfer.network.onnx;
