/**
 * A network in the clear on encrypted inputs, in one process or two: the server has the weights, the client the secret key and the
 * inputs. What goes between them is a profile without weights, keys, queries and answers.
 */
package io.github.hecnn.mlr.transfer.network.inference;
