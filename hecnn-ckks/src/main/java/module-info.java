/** The CKKS scheme: parameters, keys, encoding, evaluation, circuits, wire format, Volley Revolver. */
module io.github.hecnn.ckks {
    requires transitive io.github.hecnn.core;

    exports io.github.hecnn.ckks.bootstrap;
    exports io.github.hecnn.ckks.circuit.function;
    exports io.github.hecnn.ckks.circuit.linear;
    exports io.github.hecnn.ckks.circuit.polynomial;
    exports io.github.hecnn.ckks.cost;
    exports io.github.hecnn.ckks.error;
    exports io.github.hecnn.ckks.inplace;
    exports io.github.hecnn.ckks.keys;
    exports io.github.hecnn.ckks.noise;
    exports io.github.hecnn.ckks.params;
    exports io.github.hecnn.ckks.proposal;
    exports io.github.hecnn.ckks.scheme;
    exports io.github.hecnn.ckks.serial;
    exports io.github.hecnn.ckks.slots;
    exports io.github.hecnn.ckks.volley;
}
