package io.github.hecnn.docs.diagrams;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** All diagrams, by the names of their files. */
public final class Diagrams {
    private Diagrams() {}

    /**
     * Draws them.
     *
     * @param root folder of the project, whose packages one diagram shows
     * @return content by name
     * @throws IOException if the sources cannot be read
     */
    public static Map<String, String> all(Path root) throws IOException {
        return new TreeMap<>(Map.of(
                "layers.svg", LayersDiagram.draw(root),
                "roles.svg", RolesDiagram.draw(),
                "levels.svg", LevelsDiagram.draw(),
                "key-switch.svg", KeySwitchDiagram.draw(),
                "bootstrapping.svg", BootstrapDiagram.draw()));
    }
}
