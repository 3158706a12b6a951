package io.github.hecnn.examples.mnist.longrun;

import java.util.Locale;

/** Which part of a long run this process plays. */
enum LongRole {
    /** The data owner makes keys and encrypts. */
    OWNER_ENCRYPT,
    /** The cloud trains without any secret. */
    CLOUD_TRAIN,
    /** The data owner answers whether to go on, while the cloud trains. */
    OWNER_VALIDATE,
    /** The data owner decrypts the weights and tests them. */
    OWNER_DECRYPT,
    /** All of them. */
    ALL;

    /** As on the command line. */
    static LongRole of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new picocli.CommandLine.TypeConversionException(
                    "expected owner-encrypt|cloud-train|owner-validate|owner-decrypt|all, found '" + word + "'");
        }
    }
}
