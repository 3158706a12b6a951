/** The report of a long training: a record for JSON, and a page. */
package io.github.hecnn.mlr.report.row;
