package io.github.hecnn.mlr.approx;

/** What a training does when a score leaves the interval on which its sigmoid polynomial is near the sigmoid. */
public enum OutsideInterval {
    /** It is refused, by the owner's own rehearsal in the clear, before anything is encrypted. */
    REFUSE,
    /** It goes on; the scores are there to be reported. Weights may be far from those of a logistic regression. */
    GO_ON
}
