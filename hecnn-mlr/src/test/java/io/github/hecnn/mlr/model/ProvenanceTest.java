package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    @Test
    void keepsOrderAndLeavesEarlierOnesAlone() {
        Provenance first = Provenance.EMPTY.with("recipe", "fast").with("samples", 128);
        Provenance second = first.with("rehearsed", true).with("recipe", "paper");
        assertThat(first.settings()).hasSize(2).containsEntry("recipe", "fast");
        assertThat(second.settings().keySet()).containsExactly("recipe", "samples", "rehearsed");
        assertThat(second.settings()).containsEntry("recipe", "paper");
        assertThat(second).hasToString("recipe     paper\nsamples    128\nrehearsed  true\n");
    }

    @Test
    void knowsTheMachine() {
        assertThat(Provenance.EMPTY.withRuntime().settings())
                .containsOnlyKeys("javaVersion", "os", "arch", "processors");
    }

    @Test
    void isImmutable() {
        Map<String, Object> map = new HashMap<>(Map.of("a", 1));
        Provenance p = new Provenance(map);
        map.put("b", 2);
        assertThat(p.settings()).containsOnlyKeys("a");
        assertThat(p.settings()).isUnmodifiable();
    }

    @Test
    void refusesBlankNamesAndOtherTypes() {
        assertThatThrownBy(() -> Provenance.EMPTY.with(" ", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a name, found a blank one");
        assertThatThrownBy(() -> Provenance.EMPTY.with("list", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a string, number or boolean for list");
        assertThatThrownBy(() -> Provenance.EMPTY.with("nothing", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found null");
    }
}
