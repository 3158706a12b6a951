/** What a run leaves behind: report.json, report.html, weights.csv. */
package io.github.hecnn.examples.report;
