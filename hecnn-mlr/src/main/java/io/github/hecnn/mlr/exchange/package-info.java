/**
 * Folders that two sides share and what they say about the files in them: names of runs, lengths and checksums, locks. Nothing secret
 * ever lies in a shared folder; what one side keeps for itself lies in its own one, readable by nobody else.
 */
package io.github.hecnn.mlr.exchange;
