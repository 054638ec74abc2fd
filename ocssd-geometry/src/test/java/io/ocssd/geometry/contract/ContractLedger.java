package io.ocssd.geometry.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which tests of the contract say something about a kind of drive and which do not; printed when its class has run. */
final class ContractLedger implements AutoCloseable {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(ContractLedger.class);

    private final FlashDeviceContract kind;
    private final Set<String> proved = new TreeSet<>();
    private final Map<String, String> leftOut = new TreeMap<>();

    private ContractLedger(FlashDeviceContract kind) {
        this.kind = kind;
    }

    /** The ledger of the class that the test belongs to, nested ones not counted. */
    static ContractLedger of(ExtensionContext context, FlashDeviceContract kind) {
        ExtensionContext top = context;
        while (top.getParent().orElseThrow() != context.getRoot()) {
            top = top.getParent().orElseThrow();
        }
        return top.getStore(OURS)
                .getOrComputeIfAbsent(ContractLedger.class, key -> new ContractLedger(kind), ContractLedger.class);
    }

    void prove(Method test) {
        proved.add(test.toString());
    }

    /** Notes a test that says nothing about this kind of drive; returns why. */
    String leaveOut(Method test, Set<Trait> missing) {
        String why = "not for this kind of drive, which has none where "
                + missing.stream().map(Trait::sentence).collect(Collectors.joining(" and "));
        leftOut.put(test.getName() + rules(test), why);
        return why;
    }

    private static String rules(Method test) {
        Proves proves = test.getAnnotation(Proves.class);
        return proves == null ? "" : " " + Arrays.toString(proves.value());
    }

    @Override
    public void close() {
        kind.tell("contract of " + kind.getClass().getSimpleName() + ": " + proved.size() + " tests on "
                + kind.shapes().size() + " drives" + (leftOut.isEmpty() ? "" : "; left out:"));
        leftOut.forEach((test, why) -> kind.tell("  " + test + ": " + why));
    }
}
