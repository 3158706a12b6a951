/** Labelled texts, in the clear, on the side of whoever owns them, and readers of the usual spam and sentiment files. */
package io.github.hecnn.mlr.transfer.text;
