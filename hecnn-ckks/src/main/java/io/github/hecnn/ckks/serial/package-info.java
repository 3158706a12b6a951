/**
 * The wire format: a compact, versioned binary form of everything that goes from one process to another.
 *
 * <p>All numbers are little-endian. A file is a header of 44 bytes, chunks of payload, and an end chunk:
 *
 * <pre>
 * header   "HECNN", version (1 byte), type (1), zero (1), parameter id (8), bytes after the header (8), key pair id (16),
 * CRC32C of these 40 (4)
 * chunk    data, CRC32C over header checksum (4), number of the chunk (4), data
 * end      a chunk of "END.", number of chunks before it (4), CRC32C over the checksums of all of them (4)
 * </pre>
 *
 * <p>The lengths of chunks are not stored, they follow from the parameters and from the chunks before. A polynomial is one
 * chunk a limb: the residues in [0, q), each in as many bits as q - 1 has, the first one in the lowest bits of the first byte.
 * Limbs are in the order of the basis, residues in the NTT-domain order of {@code io.github.hecnn.core.ntt}. A uniform
 * polynomial is stored as the 32 bytes of its {@link io.github.hecnn.ckks.internal.Seed}.
 *
 * <p>A ciphertext or plaintext begins with 12 bytes: level (1), components (1), 1 if the second component is a seed (1), slots (1), scale (8).
 * Slots are log2 of the number after which the vector repeats itself, plus 1, in version 2 where it is known, and zero elsewhere.
 *
 * <p>Keys of bootstrapping are one file on three bases: bundles of the whole context and of the low one, then the key to the sparse secret, on q(0)
 * and one special prime, and the key back. Before them are the id of the bootstrap parameters (8 bytes), the weight of the sparse secret (4) and the
 * number of rotation keys in each bundle (4 and 4).
 *
 * <p>The key pair id is the public {@link io.github.hecnn.ckks.keys.KeyPairId}, its high half first: of keys, ciphertexts and lists
 * of them, zero where it is not known, and of parameters and plaintexts, which belong to no pair. A list or bundle has one for all. A
 * secret key must have the one that is computed from it.
 *
 * <p>A public key is on the primes of the user's top level and the first special prime, or without the latter; its length tells which.
 *
 * <p>Version 1 differs in its header, which ends before the key pair id: 28 bytes with a checksum of the first 24; and its public keys have
 * no special prime. Its files are read for ever; what is read from them belongs to an unknown pair, except a secret key. Its
 * ciphertexts and plaintexts do not say their slots.
 *
 * <p>The checksums find damage, not forgery: whoever can change a file can make its checksums fit. A reader survives forged
 * files (it refuses what does not fit the parameters), but only a signature or an authenticated channel tells who wrote one.
 */
package io.github.hecnn.ckks.serial;
