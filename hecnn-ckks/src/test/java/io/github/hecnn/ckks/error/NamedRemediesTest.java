package io.github.hecnn.ckks.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.scheme.Evaluator;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A method that an error names as the remedy exists, with as many arguments. */
class NamedRemediesTest {
    private static final Pattern CALL = Pattern.compile("(?:(\\w+)\\.)?(\\w+)\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)");
    private static final Map<String, Class<?>> CLASSES = Map.of(
            "KeyGenerator", KeyGenerator.class,
            "RotationSteps", RotationSteps.class,
            "EvaluationKeys", EvaluationKeys.class,
            "CkksParameters", CkksParameters.class);

    @Test
    void remediesOfMissingKeysExist() {
        assertThat(check(MissingKeyException.rotation("rotate", 3, List.of(1)).getMessage()))
                .isEqualTo(2);
        assertThat(check(MissingKeyException.conjugation("conjugate").getMessage()))
                .isEqualTo(1);
        assertThat(check(MissingKeyException.relinearization("multiply").getMessage()))
                .isEqualTo(2);
        String both = MissingKeyException.rotationAndConjugation("rotateAndConjugate", 3)
                .getMessage();
        assertThat(both).contains("KeyGenerator.rotationAndConjugationKey");
        assertThat(names(KeyGenerator.class)).contains("rotationAndConjugationKey");
    }

    @Test
    void remediesOfTheBooksExist() {
        assertThat(new TransparentCiphertextException("subtract")).hasMessageContaining("allowingTransparent()");
        assertThat(names(Evaluator.class)).contains("allowingTransparent", "assumingSlotsUpTo", "rescaleAnyScale");
        assertThat(names(CkksParameters.Builder.class)).contains("scaleBits", "levels");
        ThrowingCallable bits = () -> ModulusCapacity.ofBits(1, 40, 40);
        assertThat(check(messageOf(bits))).isEqualTo(1);
    }

    private static String messageOf(ThrowingCallable call) {
        try {
            call.call();
        } catch (Throwable e) {
            return e.getMessage();
        }
        throw new AssertionError("nothing refused");
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).toList();
    }

    /** Number of calls named. */
    private static int check(String text) {
        int found = 0;
        Matcher m = CALL.matcher(text);
        while (m.find()) {
            if (m.group(1) == null) {
                continue;
            }
            found++;
            String arguments = m.group(3);
            found += arguments.contains("(") ? check(arguments) : 0;
            int count = arguments.isBlank()
                    ? 0
                    : arguments.replaceAll("\\([^()]*\\)", "").split(",").length;
            assertThat(CLASSES).containsKey(m.group(1));
            assertThat(CLASSES.get(m.group(1)).getMethods())
                    .as(text)
                    .anyMatch(f -> f.getName().equals(m.group(2)) && (f.isVarArgs() || f.getParameterCount() == count));
        }
        return found;
    }
}
