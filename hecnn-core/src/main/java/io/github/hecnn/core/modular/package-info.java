/** Moduli, arithmetic modulo a prime, and the search for NTT primes. */
package io.github.hecnn.core.modular;
