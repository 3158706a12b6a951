/**
 * Parameters for those who know what they compute and not what a modulus chain is:
 * {@link io.github.hecnn.ckks.proposal.ParameterProposal} for a {@link io.github.hecnn.ckks.proposal.ParameterRequest}.
 */
package io.github.hecnn.ckks.proposal;
