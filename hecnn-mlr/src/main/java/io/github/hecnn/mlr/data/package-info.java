/** Data sets, feature scaling, minibatches. */
package io.github.hecnn.mlr.data;
