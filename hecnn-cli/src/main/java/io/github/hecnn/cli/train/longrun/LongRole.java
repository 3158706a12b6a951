package io.github.hecnn.cli.train.longrun;

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
    /** The data owner encrypts test images for the encrypted model. */
    OWNER_ASK,
    /** The cloud answers with the weights that it trained and cannot read. */
    CLOUD_PREDICT,
    /** The data owner decrypts the answers and compares them with the labels. */
    OWNER_READ_ANSWERS,
    /** Those of a training. */
    ALL;

    /** As on the command line. */
    static LongRole of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new picocli.CommandLine.TypeConversionException(
                    "expected owner-encrypt|cloud-train|owner-validate|owner-decrypt|owner-ask|cloud-predict"
                            + "|owner-read-answers|all, found '" + word + "'");
        }
    }
}
