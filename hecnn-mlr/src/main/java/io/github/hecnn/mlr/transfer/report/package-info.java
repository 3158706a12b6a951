/** What a run of CryptoTL leaves behind: the client's heads and what they reach, report.json, report.html. */
package io.github.hecnn.mlr.transfer.report;
