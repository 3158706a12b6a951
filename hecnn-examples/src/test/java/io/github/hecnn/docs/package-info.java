/** What holds the documentation to the sources: format, links, code, error texts, tables, diagrams. */
package io.github.hecnn.docs;
