package io.github.hecnn.mlr.exchange;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How two sides use a folder that they share: one asks, the other answers.
 *
 * @param job type of {@code job.json}, what the asking side says
 * @param answer type of what the answering side says
 * @param answerFile the name of that, in the folder of the run
 * @param fileNames pattern of the names of all files of a run, whoever wrote them
 * @param askAgain said at the end of an error when something of the asking side is wrong, such as {@code run --role owner-encrypt again}
 * @param answerAgain the same for the answering side
 * @param <J> type of the job
 * @param <A> type of the answer
 */
public record ExchangeProtocol<J extends RunFile, A extends RunFile>(
        Class<J> job, Class<A> answer, String answerFile, String fileNames, String askAgain, String answerAgain) {
    /**
     * Checks the components.
     *
     * @param job type of {@code job.json}, what the asking side says
     * @param answer type of what the answering side says
     * @param answerFile the name of that, in the folder of the run
     * @param fileNames pattern of the names of all files of a run, whoever wrote them
     * @param askAgain said at the end of an error when something of the asking side is wrong, such as {@code run --role owner-encrypt again}
     * @param answerAgain the same for the answering side
     * @throws java.util.regex.PatternSyntaxException if the names are no pattern
     */
    public ExchangeProtocol {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(answerFile, "answerFile");
        Pattern.compile(fileNames);
    }

    /**
     * {@return the same with other words for what to do}
     *
     * @param forJob said at the end of an error about the job
     * @param forAnswer said at the end of an error about the answer
     */
    public ExchangeProtocol<J, A> withRemedies(String forJob, String forAnswer) {
        return new ExchangeProtocol<>(job, answer, answerFile, fileNames, forJob, forAnswer);
    }
}
