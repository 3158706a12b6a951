/** The Volley Revolver matrix encoding. */
package io.github.hecnn.ckks.volley;
