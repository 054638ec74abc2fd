/**
 * Policies that are chosen by name: what is said of each, and how people write a choice.
 *
 * <p>Start at {@link io.ocssd.policy.PolicyChoice}, the text {@code active-luns:luns=4} in parts, and {@link
 * io.ocssd.policy.PolicyInfo}, what a policy says of itself and its options. The kinds of policies have packages of their own:
 * {@link io.ocssd.placement}, {@link io.ocssd.gc}. All types are immutable; wrong choices are {@link
 * java.lang.IllegalArgumentException} with what is possible.
 */
package io.ocssd.policy;
