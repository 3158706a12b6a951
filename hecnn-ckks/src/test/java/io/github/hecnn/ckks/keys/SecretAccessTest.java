package io.github.hecnn.ckks.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.internal.parts.Secrets;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.serial.CkksSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretAccessTest {
    // What a secret key may tell about itself without the token.
    private static final Set<String> HARMLESS = Set.of(
            "parametersId", "keyPairId", "toString", "hashCode", "equals", "getClass", "notify", "notifyAll", "wait");

    @TempDir
    Path folder;

    @Test
    void nothingPublicOfASecretKeyGivesItWithoutTheToken() {
        List<String> guarded = new ArrayList<>();
        for (Method m : SecretKey.class.getMethods()) {
            if (takesToken(m)) {
                guarded.add(m.getName());
            } else {
                assertThat(HARMLESS).contains(m.getName());
            }
        }
        assertThat(guarded).containsExactly("coefficients");
        assertThat(SecretKey.class.getConstructors()).isEmpty();
        assertThat(SecretKey.class.getFields()).isEmpty();
        assertThat(Serializable.class.isAssignableFrom(SecretKey.class)).isFalse();
    }

    @Test
    void whateverTurnsASecretKeyIntoBytesOrBackTakesTheToken() throws Exception {
        List<String> guarded = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            for (Executable e : Stream.of(type.getConstructors(), type.getMethods())
                    .flatMap(Arrays::stream)
                    .toList()) {
                List<Class<?>> in = List.of(e.getParameterTypes());
                Class<?> out = e instanceof Method m ? m.getReturnType() : type;
                boolean fromBytes = out == SecretKey.class && in.stream().anyMatch(SecretAccessTest::holdsBytes);
                boolean toBytes = in.contains(SecretKey.class)
                        && (holdsBytes(out) || in.stream().anyMatch(SecretAccessTest::holdsBytes));
                if (fromBytes || toBytes) {
                    assertThat(takesToken(e)).as(e.toString()).isTrue();
                    guarded.add(type.getSimpleName() + "." + e.getName());
                }
            }
        }
        assertThat(guarded)
                .containsExactlyInAnyOrder(
                        "CkksSerializer.write",
                        "CkksSerializer.write",
                        "CkksSerializer.readSecretKey",
                        "CkksSerializer.readSecretKey",
                        "KeyGenerator.secretKey");
    }

    @Test
    void withoutTheTokenNothingHappens() {
        CkksContext context = CkksContext.create(CkksPresets.SECURE_13.parameters());
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey key = generator.secretKey();
        CkksSerializer serializer = new CkksSerializer(context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayInputStream in = new ByteArrayInputStream(new byte[9]);
        Path file = folder.resolve("secret");
        refuses("coefficients", () -> key.coefficients(null));
        refuses("polynomial", () -> Secrets.polynomial(key, null));
        refuses("secretKey", () -> generator.secretKey(key.coefficients(SecretKey.Access.INTENDED), null));
        refuses("write", () -> write(serializer, out, key));
        refuses("write", () -> write(serializer, file, key));
        refuses("readSecretKey", () -> read(serializer, in));
        refuses("readSecretKey", () -> read(serializer, file));
        assertThat(out.size()).isZero();
        assertThat(in.available()).isEqualTo(9);
        assertThat(file).doesNotExist();
    }

    private static void write(CkksSerializer serializer, Object out, SecretKey key) throws IOException {
        if (out instanceof Path file) {
            serializer.write(file, key, null);
        } else {
            serializer.write((OutputStream) out, key, null);
        }
    }

    private static void read(CkksSerializer serializer, Object in) throws IOException {
        if (in instanceof Path file) {
            serializer.readSecretKey(file, null);
        } else {
            serializer.readSecretKey((InputStream) in, null);
        }
    }

    private static void refuses(String operation, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(
                        operation + ": expected SecretKey.Access.INTENDED, found null; give it where that is meant");
    }

    private static boolean takesToken(Executable e) {
        return List.of(e.getParameterTypes()).contains(SecretKey.Access.class);
    }

    private static boolean holdsBytes(Class<?> c) {
        return c == byte[].class
                || c == Path.class
                || OutputStream.class.isAssignableFrom(c)
                || InputStream.class.isAssignableFrom(c);
    }

    private static List<Class<?>> publicTypes() throws Exception {
        List<Class<?>> out = new ArrayList<>();
        Path classes = Path.of(SecretKey.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes.resolve("io/github/hecnn/ckks"))) {
            for (Path f : files.filter(p ->
                            p.toString().endsWith(".class") && !p.toString().endsWith("-info.class"))
                    .toList()) {
                String path = classes.relativize(f).toString();
                Class<?> type = Class.forName(
                        path.substring(0, path.length() - ".class".length()).replace('/', '.'),
                        false,
                        SecretAccessTest.class.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    out.add(type);
                }
            }
        }
        assertThat(out).hasSizeGreaterThan(30).contains(SecretKey.class, CkksSerializer.class);
        return out;
    }
}
