package io.ocssd.gc;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policies of garbage collection on the class path, by name. Thread-safe. */
public final class GcPolicies {
    private GcPolicies() {}

    /**
     * The victim policies, in the order of their names.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<VictimPolicyProvider> victims() {
        return sorted(VictimPolicyProvider.class, VictimPolicyProvider::info);
    }

    /**
     * The pacers, in the order of their names.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<PacerProvider> pacers() {
        return sorted(PacerProvider.class, PacerProvider::info);
    }

    /**
     * The wear policies, in the order of their names.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<WearPolicyProvider> wear() {
        return sorted(WearPolicyProvider.class, WearPolicyProvider::info);
    }

    /**
     * A new victim policy.
     *
     * @throws IllegalArgumentException when there is none of that name, or an option is wrong
     */
    public static VictimPolicy victims(PolicyChoice choice, GcShape shape) {
        return named("victim policy", victims(), VictimPolicyProvider::info, choice)
                .create(choice, shape);
    }

    /**
     * A new pacer.
     *
     * @throws IllegalArgumentException when there is none of that name, or an option is wrong
     */
    public static Pacer pacer(PolicyChoice choice, GcShape shape) {
        return named("pacer", pacers(), PacerProvider::info, choice).create(choice, shape);
    }

    /**
     * A new wear policy.
     *
     * @throws IllegalArgumentException when there is none of that name, or an option is wrong
     */
    public static WearPolicy wear(PolicyChoice choice, GcShape shape) {
        return named("wear policy", wear(), WearPolicyProvider::info, choice).create(choice, shape);
    }

    /**
     * A new page-mapped FTL without payload.
     *
     * @throws IllegalArgumentException when a policy is not there, an option is wrong, or the pages don't fit
     */
    public static PageModel pageModel(PageModelRequest request) {
        return ServiceLoader.load(PageModelProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no page FTL: ocssd-ftl is not on the class path"))
                .create(request);
    }

    private static <T> List<T> sorted(Class<T> kind, Function<T, PolicyInfo> info) {
        TreeMap<String, T> byName = new TreeMap<>();
        for (T each : ServiceLoader.load(kind)) {
            String name = info.apply(each).name();
            T other = byName.put(name, each);
            if (other != null) {
                throw new IllegalStateException("two policies of " + kind.getSimpleName() + " have the name \"" + name
                        + "\": " + other.getClass().getName() + " and "
                        + each.getClass().getName());
            }
        }
        return List.copyOf(byName.values());
    }

    private static <T> T named(String kind, List<T> known, Function<T, PolicyInfo> info, PolicyChoice choice) {
        for (T each : known) {
            if (info.apply(each).name().equals(choice.name())) {
                return each;
            }
        }
        throw new IllegalArgumentException("no " + kind + " has the name \"" + choice.name() + "\"; known: "
                + known.stream().map(each -> info.apply(each).name()).collect(Collectors.joining(", ")));
    }
}
