/**
 * The noun {@code policies}: the policies that can be chosen by name. Start at {@link io.ocssd.cli.policy.PoliciesCommand};
 * {@link io.ocssd.cli.policy.PlacementOption} is how other verbs take one.
 */
package io.ocssd.cli.policy;
