/**
 * From images to features, in the clear, on the side of whoever owns the images. Start reading at {@link
 * io.github.hecnn.mlr.encoder.image.ImageEncoder}, which runs a network from an ONNX file on an {@link
 * io.github.hecnn.mlr.encoder.image.ImageSource}: a folder with a subfolder for each class ({@link
 * io.github.hecnn.mlr.encoder.image.ImageFolder}) or one of the usual files ({@link io.github.hecnn.mlr.encoder.image.ImageFiles}). {@link
 * io.github.hecnn.mlr.encoder.image.NumpyFile} reads features that were made elsewhere. Nothing here sees a key or a ciphertext.
 */
package io.github.hecnn.mlr.encoder.image;
