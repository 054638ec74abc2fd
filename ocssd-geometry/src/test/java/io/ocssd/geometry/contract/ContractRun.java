package io.ocssd.geometry.contract;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Puts a drive to the contract: {@code java ... io.ocssd.geometry.contract.ContractRun URI [TRAIT...]}. Destroys what is on it.
 *
 * <p>Traits are names of {@link Trait} that can't be seen of a drive. Prints what fails and, in the end, how many tests ran;
 * the exit status is 0 when all passed, 1 when some did not, 2 when the arguments are wrong.
 */
public final class ContractRun {
    private ContractRun() {}

    /** Runs the contract. */
    public static void main(String[] arguments) {
        if (arguments.length < 1) {
            System.err.println("usage: ContractRun URI [TRAIT...]");
            System.exit(2);
        }
        System.setProperty(UriContract.URI, arguments[0]);
        System.setProperty(
                UriContract.TRAITS, String.join(",", List.of(arguments).subList(1, arguments.length)));
        System.exit(run(System.out) ? 0 : 1);
    }

    private static boolean run(PrintStream out) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(UriContract.class))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        List<String> ran = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        long begin = System.nanoTime();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String name = test.getUniqueId().replaceAll(".*UriContract\\]/?", "");
                if (test.isTest()) {
                    ran.add(name);
                }
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    failed.add(name);
                    out.println("FAILED " + name);
                    result.getThrowable().ifPresent(why -> why.printStackTrace(out));
                }
            }
        });
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        out.println("contract: tests=" + ran.size() + ", failed=" + failed.size() + ", seconds=" + seconds);
        return failed.isEmpty() && !ran.isEmpty();
    }
}
