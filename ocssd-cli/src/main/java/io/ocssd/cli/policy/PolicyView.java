package io.ocssd.cli.policy;

import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import java.util.List;

/**
 * A policy as JSON has it.
 *
 * @param kind what it decides: placement, victims, pacing or wear
 * @param name of the policy
 * @param standard whether it is chosen when nobody asks for another
 * @param summary in one line
 * @param options that it can be given
 */
record PolicyView(String kind, String name, boolean standard, String summary, List<OptionView> options) {
    /**
     * An option as JSON has it.
     *
     * @param name of the option
     * @param least smallest value
     * @param most largest value
     * @param standard value when it is not given
     * @param summary in one line
     */
    record OptionView(String name, long least, long most, long standard, String summary) {
        static OptionView of(PolicyOption option) {
            return new OptionView(option.name(), option.least(), option.most(), option.standard(), option.summary());
        }
    }

    /**
     * The view of a policy.
     *
     * @param standard name of the policy of this kind that is chosen when nobody asks for another
     */
    static PolicyView of(String kind, PolicyInfo info, String standard) {
        return new PolicyView(
                kind,
                info.name(),
                info.name().equals(standard),
                info.summary(),
                info.options().stream().map(OptionView::of).toList());
    }
}
