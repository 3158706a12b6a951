/** What a run leaves behind: report.json, report.html, weights.csv, weights-errors.csv. */
package io.github.hecnn.mlr.report;
