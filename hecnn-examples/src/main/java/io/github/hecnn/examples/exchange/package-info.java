/** The folder that the data owner and the cloud share, and what is said about its files. Nothing secret ever lies in it. */
package io.github.hecnn.examples.exchange;
