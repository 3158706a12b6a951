package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerializerFilesTest {
    private static final WireFixture F = WireFixture.of(10, 1);

    @TempDir
    private Path folder;

    private void onlyFile(Path file) throws IOException {
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void anEarlierFileSurvivesAFailure() throws IOException {
        Path file = folder.resolve("object");
        F.serializer.write(file, F.plaintext(1));
        byte[] before = Files.readAllBytes(file);
        RnsPolynomial broken = Plaintexts.polynomial(F.plaintext(1));
        broken.limb(1)[0] = 0x1p51; // found out only after the first limb is in the file
        Plaintext bad = Plaintexts.of(new PlaintextParts(F.parameters.id(), broken, 1024));
        assertThatThrownBy(() -> F.serializer.write(file, bad)).isInstanceOf(HeException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        onlyFile(file);
    }

    @Test
    void secretsAreForTheirOwnerOnly() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
        Path secret = folder.resolve("secret");
        F.serializer.write(secret, F.secretKey, SecretKey.Access.INTENDED);
        assertThat(Files.getPosixFilePermissions(secret))
                .isEqualTo(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        Path open = folder.resolve("open");
        F.serializer.write(open, F.publicKey);
        assertThat(Files.getPosixFilePermissions(open))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("usual"))));
    }

    @Test
    void pathsThatLeadNowhere() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> F.serializer.readCiphertext(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("readCiphertext", "expected a readable file", "missing does not exist");
        assertThatThrownBy(() -> F.serializer.readCiphertext(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a file, found a folder");
        assertThatThrownBy(() -> F.serializer.write(missing.resolve("file"), F.plaintext(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder that can be written to, found that");
        assertThatThrownBy(() -> F.serializer.write(folder, F.plaintext(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the name of a file, found a folder");
        assertThatThrownBy(() -> F.serializer.write(missing.resolve("file"), F.secretKey, SecretKey.Access.INTENDED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder that can be written to");
    }

    @Test
    void aFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> F.serializer.write(file.resolve("object"), F.plaintext(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder that can be written to");
        assertThat(file).hasContent("text");
        onlyFile(file);
    }

    @Test
    void messagesNameTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.bin"), "label,1,2,3");
        assertThatThrownBy(() -> F.serializer.readCiphertexts(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("readCiphertexts weights.bin: expected a list of ciphertexts");
        assertThatThrownBy(() -> CkksSerializer.readParametersOfAnySecurity(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("readParametersOfAnySecurity weights.bin: expected a parameter set");
    }
}
