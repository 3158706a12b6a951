/** The owner's secret key, for roles of this module; not exported. */
package io.github.hecnn.mlr.roles.secret;
