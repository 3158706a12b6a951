/**
 * What the client does to its data in the clear before encryption: images to features, features to a scale that trains well.
 */
package io.github.hecnn.mlr.features;
