/**
 * Layers on images: convolution, average pooling, scaling by channel. All are affine maps, so neighbours fold into one matrix when a
 * network is compiled. Images are [channels][height][width], row by row, in one vector.
 */
package io.github.hecnn.mlr.transfer.network.conv;
