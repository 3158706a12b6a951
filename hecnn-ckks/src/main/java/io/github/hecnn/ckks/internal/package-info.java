/**
 * What classes of the scheme show to the packages of this module only. Not exported: a user has no need of polynomials, bases and the
 * arithmetic of rings, and can do no harm with what he cannot reach.
 */
package io.github.hecnn.ckks.internal;
