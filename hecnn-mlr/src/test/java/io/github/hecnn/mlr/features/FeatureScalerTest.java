package io.github.hecnn.mlr.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureScalerTest {
    private static final GridShape GRID = new GridShape(3, 2);

    /** 6 samples of 12 features: ((7 r^2 + 3 r) mod 23)/23 with r the running index. */
    private static double[][] features() {
        double[][] f = new double[6][12];
        for (int r = 0; r < 72; r++) {
            f[r / 12][r % 12] = (7 * r * r + 3 * r) % 23 / 23.0;
        }
        return f;
    }

    private static double[][] random(int samples, int features, long seed) {
        Random random = new Random(seed);
        double[][] f = new double[samples][features];
        for (double[] row : f) {
            Arrays.setAll(row, k -> 3 + random.nextGaussian() * (1 + k));
        }
        return f;
    }

    private static double sumOfMagnitudes(double[][] m) {
        return Arrays.stream(m).flatMapToDouble(Arrays::stream).map(Math::abs).sum();
    }

    /** From numpy: the second row, and the sum of all magnitudes. */
    @Test
    void pooledStandardizingAgreesWithTheReference() {
        double[][] s = FeatureScaler.fit(ScalingKind.STANDARDIZE_POOLED, features(), null)
                .transform(features());
        double[] expected = {
            0.34654052756623605,
            -1.2195958185929323,
            0.7623891606457196,
            1.1699660868328479,
            -1.1894170559463186,
            -1.1616156854068658,
            1.2960233473881448,
            -1.087835481355558,
            -0.8296713655042373,
            1.2038200372139942,
            -0.6264431031637647,
            -1.4482207969099026
        };
        assertThat(s[1]).containsExactly(expected, within(1e-13));
        assertThat(sumOfMagnitudes(s)).isCloseTo(59.104387194177605, within(1e-11));
    }

    @Test
    void dctAgreesWithTheReference() {
        double[][] s = FeatureScaler.fit(ScalingKind.DCT, features(), GRID).transform(features());
        double[] expected = {
            -1.0577963299695392,
            0.4602410121627164,
            -0.8482846768453275,
            -1.0170422461124513,
            1.6752431832655286,
            0.8156103067478954,
            -0.7060799138497114,
            1.4873316645509838,
            -0.7217576272029717,
            1.550497394925508,
            -1.4667207676408898,
            0.1471735564977563
        };
        assertThat(s[1]).containsExactly(expected, within(1e-12));
        assertThat(sumOfMagnitudes(s)).isCloseTo(55.71066183685265, within(1e-10));
    }

    /** The sign of an eigenvector is not defined; magnitudes are compared. */
    @Test
    void whitenAgreesWithTheReference() {
        FeatureScaler scaler = FeatureScaler.fit(ScalingKind.WHITEN, features(), null);
        assertThat(scaler.outputs()).isEqualTo(5);
        double[][] s = scaler.transform(features());
        double[] expected = {
            1.5540593236818383, 0.4998874082308777, 1.0179963999148542, 0.5056961402727369, 0.6335472020478927
        };
        assertThat(Arrays.stream(s[1]).map(Math::abs).toArray()).containsExactly(expected, within(1e-11));
        assertThat(sumOfMagnitudes(s)).isCloseTo(22.67108291015149, within(1e-10));
    }

    /** More samples than features takes the covariance, fewer the inner products: both must decorrelate the training data. */
    @ParameterizedTest
    @ValueSource(ints = {9, 12, 13, 50, 700})
    void whitenDecorrelates(int samples) {
        double[][] f = random(samples, 12, samples);
        double[][] s = FeatureScaler.fit(ScalingKind.WHITEN, f, null).transform(f);
        assertThat(s[0]).hasSize(Math.min(12, samples - 1));
        double before = 2;
        for (int a = 0; a < s[0].length; a++) {
            for (int b = 0; b <= a; b++) {
                double covariance = 0;
                for (double[] row : s) {
                    covariance += row[a] * row[b] / samples;
                }
                if (a != b) {
                    assertThat(covariance).isCloseTo(0, within(1e-9));
                } else {
                    assertThat(covariance).isPositive().isLessThanOrEqualTo(before + 1e-12);
                    before = covariance;
                }
            }
        }
    }

    @Test
    void whitenDropsDirectionsWithoutVariance() {
        double[][] f = random(4, 3, 5);
        double[][] twice = {f[0], f[1], f[2], f[3], f[0], f[1], f[2], f[3]};
        for (double[] row : f) {
            row[2] = row[0] - row[1];
        }
        assertThat(FeatureScaler.fit(ScalingKind.WHITEN, twice, null).outputs()).isEqualTo(2);
    }

    @Test
    void whitenLeavesAtMost255Features() {
        assertThat(FeatureScaler.fit(ScalingKind.WHITEN, random(300, 290, 1), null)
                        .outputs())
                .isEqualTo(255);
    }

    @Test
    void gridTransformKeepsInnerProducts() {
        for (GridShape shape :
                new GridShape[] {new GridShape(8, 7), new GridShape(5, 3), new GridShape(1, 1), new GridShape(2, 4)}) {
            GridTransform t = new GridTransform(shape);
            double[][] f = random(2, shape.features(), 3);
            double[] a = t.apply(f[0]);
            double[] b = t.apply(f[1]);
            double before = 0;
            double after = 0;
            for (int k = 0; k < a.length; k++) {
                before += f[0][k] * f[1][k];
                after += a[k] * b[k];
            }
            assertThat(after).isCloseTo(before, within(1e-12 * Math.abs(before) * a.length));
        }
    }

    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void isFittedOnTrainingFeaturesOnlyAndChangesNoInput(ScalingKind kind) {
        double[][] train = features();
        FeatureScaler scaler = FeatureScaler.fit(kind, train, GRID);
        double[][] one = scaler.transform(new double[][] {features()[2]});
        assertThat(one[0]).isEqualTo(scaler.transform(features())[2]);
        assertThat(train).isDeepEqualTo(features());
        assertThat(scaler.kind()).isEqualTo(kind);
        assertThat(scaler.inputs()).isEqualTo(12);
        assertThat(scaler.outputs()).isEqualTo(one[0].length);
        if (kind != ScalingKind.NONE) {
            double[][] s = scaler.transform(train);
            for (int k = 0; k < s[0].length; k++) {
                int column = k;
                assertThat(Arrays.stream(s).mapToDouble(row -> row[column]).sum())
                        .isCloseTo(0, within(1e-10));
            }
        } else {
            assertThat(scaler.transform(train)).isDeepEqualTo(train);
        }
    }

    @Test
    void standardizeLeavesConstantFeaturesOutAndNamesThem() {
        double[][] f = {{1, 0.1, 7, 1e9}, {2, 0.1, 3, 1e9}, {4, 0.1, 5, 1e9}};
        for (ScalingKind kind : new ScalingKind[] {ScalingKind.STANDARDIZE, ScalingKind.WHITEN_STANDARDIZED}) {
            FeatureScaler scaler = FeatureScaler.fit(kind, f, null);
            assertThat(scaler.constantFeatures()).containsExactly(1, 3);
            double[][] other = {{1, 99, 7, -5}, {1, 0.1, 7, 1e9}};
            double[][] s = scaler.transform(other);
            assertThat(s[0]).isEqualTo(s[1]);
        }
        double[][] s = FeatureScaler.fit(ScalingKind.STANDARDIZE, f, null).transform(f);
        assertThat(s[0][1]).isZero();
        assertThat(s[2][0]).isPositive();
        assertThat(FeatureScaler.fit(ScalingKind.STANDARDIZE_POOLED, f, null).constantFeatures())
                .isEmpty();
    }

    @Test
    void standardizedColumnsHaveMeanZeroAndDeviationOne() {
        double[][] f = random(50, 6, 4);
        double[][] s = FeatureScaler.fit(ScalingKind.STANDARDIZE, f, null).transform(f);
        for (int k = 0; k < 6; k++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : s) {
                sum += row[k] / 50;
                squares += row[k] * row[k] / 50;
            }
            assertThat(sum).isCloseTo(0, within(1e-13));
            assertThat(squares).isCloseTo(1, within(1e-12));
        }
    }

    /** Units from 1e-150 to 1e150, and signs: neither features nor predictions move. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void unitsOfFeaturesDoNotMatter(long seed) {
        Random random = new Random(seed);
        double[][] f = random(60, 7, seed);
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = f[i][2] > 3 ? 1 : f[i][5] > 6 ? 2 : 0;
        }
        double[][] other = new double[60][7];
        for (int k = 0; k < 7; k++) {
            double unit = Math.pow(10, 300 * random.nextDouble() - 150);
            for (int i = 0; i < 60; i++) {
                other[i][k] = unit * f[i][k];
            }
        }
        double[][] a = FeatureScaler.fit(ScalingKind.STANDARDIZE, f, null).transform(f);
        double[][] b = FeatureScaler.fit(ScalingKind.STANDARDIZE, other, null).transform(other);
        for (int i = 0; i < 60; i++) {
            assertThat(b[i]).containsExactly(a[i], within(1e-11));
        }
        assertThat(predictions(b, labels)).isEqualTo(predictions(a, labels));
        double[][] u =
                FeatureScaler.fit(ScalingKind.WHITEN_STANDARDIZED, f, null).transform(f);
        double[][] v =
                FeatureScaler.fit(ScalingKind.WHITEN_STANDARDIZED, other, null).transform(other);
        for (int i = 0; i < 60; i++) {
            for (int k = 0; k < u[i].length; k++) {
                assertThat(Math.abs(v[i][k])).isCloseTo(Math.abs(u[i][k]), within(1e-8));
            }
        }
    }

    private static int[] predictions(double[][] scaled, int[] labels) {
        double[][] x = FeatureScaler.withOnes(scaled);
        MlrConfig config = MlrConfig.of(x.length, x[0].length, 3, 3);
        return new LinearModel(PlainTrainer.train(x, labels, config).get(2)).predict(x);
    }

    @Test
    void putsOnesFirst() {
        assertThat(FeatureScaler.withOnes(new double[][] {{2, 3}, {4, 5}})).isDeepEqualTo(new double[][] {
            {1, 2, 3}, {1, 4, 5}
        });
    }

    @Test
    void namesKindsInLowerCase() {
        assertThat(ScalingKind.values())
                .extracting(ScalingKind::toString)
                .containsExactly(
                        "none", "center", "standardize", "standardize-pooled", "dct", "whiten", "whiten-standardized");
        for (ScalingKind kind : ScalingKind.values()) {
            assertThat(ScalingKind.named(kind.toString())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> ScalingKind.named("pca"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 'pca'");
        assertThat(ScalingKind.values()).filteredOn(ScalingKind::needsGrid).containsExactly(ScalingKind.DCT);
    }

    @Test
    void refusesUnfitTrainingFeatures() {
        refused(ScalingKind.NONE, new double[0][], GRID, "expected at least 1 sample of 1 feature");
        refused(
                ScalingKind.CENTER,
                new double[][] {{1, 2}, {3}},
                GRID,
                "expected 2 features like sample 0, found 1 for sample 1");
        refused(ScalingKind.CENTER, new double[][] {{1, Double.NaN}}, GRID, "found NaN for sample 0");
        refused(ScalingKind.DCT, features(), null, "expected a grid of features, found none");
        refused(ScalingKind.DCT, features(), new GridShape(2, 2), "expected 8 features for");
        double[][] constant = {{1, 2}, {1, 2}};
        refused(ScalingKind.STANDARDIZE, constant, null, "found every feature constant");
        refused(ScalingKind.WHITEN, constant, null, "found every feature constant");
        refused(ScalingKind.WHITEN, new double[][] {{1, 2}}, null, "found every feature constant");
    }

    private static void refused(ScalingKind kind, double[][] train, GridShape grid, String message) {
        assertThatThrownBy(() -> FeatureScaler.fit(kind, train, grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesOtherWidths() {
        FeatureScaler scaler = FeatureScaler.fit(ScalingKind.CENTER, features(), null);
        assertThatThrownBy(() -> scaler.transform(new double[][] {new double[12], new double[11]}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 12 features as in training, found 11 for sample 1");
    }

    @Test
    void statisticsMakeTheSameMapAgainAndOthersAreRefused() {
        double[][] train = {{1, 5}, {3, 5}, {8, 6}};
        for (ScalingKind kind : ScalingKind.values()) {
            FeatureScaler fitted = FeatureScaler.fit(kind, train, new GridShape(2, 1));
            assertThat(FeatureScaler.of(fitted.statistics())).isEqualTo(fitted).hasSameHashCodeAs(fitted);
        }
        double[] two = {1, 2};
        refused(ScalingKind.CENTER, 2, null, null, null, "expected means only where the kind has them");
        refused(ScalingKind.NONE, 2, two, null, null, "expected means only where the kind has them");
        refused(ScalingKind.CENTER, 3, two, null, null, "expected means of all features");
        refused(ScalingKind.STANDARDIZE, 2, two, new double[] {1, -1}, null, "expected divisors of 0 or more");
        refused(ScalingKind.STANDARDIZE, 2, two, new double[] {1, Double.NaN}, null, "expected finite divisors");
        refused(ScalingKind.WHITEN, 2, two, null, null, "expected a matrix only with a whitening");
        refused(ScalingKind.WHITEN, 2, two, null, new double[][] {{1}}, "expected a matrix of all features");
        refused(ScalingKind.DCT, 2, two, two, null, "expected a grid of features only where it is needed");
    }

    private static void refused(
            ScalingKind kind, int inputs, double[] mean, double[] divisor, double[][] matrix, String message) {
        assertThatThrownBy(
                        () -> FeatureScaler.of(new FeatureScaler.Statistics(kind, inputs, null, mean, divisor, matrix)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
