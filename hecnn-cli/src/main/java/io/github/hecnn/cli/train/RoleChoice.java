package io.github.hecnn.cli.train;

/** Which part of the run this process plays. */
enum RoleChoice {
    /** The data owner makes keys and encrypts. */
    OWNER_ENCRYPT,
    /** The cloud trains without any secret. */
    CLOUD_TRAIN,
    /** The data owner decrypts the weights and tests them. */
    OWNER_DECRYPT,
    /** All three, one after another, sharing nothing but files. */
    ALL;

    /** As on the command line. */
    static String word(RoleChoice role) {
        return role.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
