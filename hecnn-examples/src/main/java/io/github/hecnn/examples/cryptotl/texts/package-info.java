/** Where the texts of a task come from: public data sets, or made up. */
package io.github.hecnn.examples.cryptotl.texts;
