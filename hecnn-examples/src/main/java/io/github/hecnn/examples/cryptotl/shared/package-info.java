/** What client and server of CryptoTL share: a folder, what is said about its files, and the public sizes. Nothing secret. */
package io.github.hecnn.examples.cryptotl.shared;
