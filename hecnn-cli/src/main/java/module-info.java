/** The programs: command lines over the libraries. */
module io.github.hecnn.cli {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.github.hecnn.mlr;
    requires java.logging;
    requires me.tongfei.progressbar;

    exports io.github.hecnn.cli;

    // their options
    opens io.github.hecnn.cli.console to
            info.picocli;
    opens io.github.hecnn.cli.options to
            info.picocli;
    opens io.github.hecnn.cli.train to
            info.picocli,
            com.fasterxml.jackson.databind;
    opens io.github.hecnn.cli.train.longrun to
            info.picocli,
            com.fasterxml.jackson.databind;
    opens io.github.hecnn.cli.cryptotl to
            info.picocli,
            com.fasterxml.jackson.databind;
}
