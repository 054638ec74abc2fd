package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.geometry.contract.Proves;
import io.ocssd.geometry.planted.PlantedBug;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract fails on devices with a planted bug, in a test of the rule that it breaks, and on no device without. */
final class ContractCatchesBugsTest {
    @AfterEach
    void noBug() {
        BuggyContract.bug = null;
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugFailsATestOfItsRule(PlantedBug bug) {
        BuggyContract.bug = bug;
        List<String> failed = run(test -> proves(test, bug));
        assertThat(failed).as("%s", bug).isNotEmpty();
    }

    @Test
    void aDeviceThatOnlyPassesOnFailsNone() {
        assertThat(run(test -> true)).isEmpty();
    }

    private static boolean proves(Method test, PlantedBug bug) {
        Proves proves = test.getAnnotation(Proves.class);
        return bug.rule() == null
                ? proves == null
                : proves != null && List.of(proves.value()).contains(bug.rule());
    }

    private interface Choice {
        boolean runs(Method test);
    }

    /** Runs those tests of the contract; returns the names of those that fail. */
    private static List<String> run(Choice choice) {
        PostDiscoveryFilter filter = test -> FilterResult.includedIf(method(test) == null || choice.runs(method(test)));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(BuggyContract.class))
                .filters(filter)
                .build();
        List<String> failed = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    ran.add(test.getDisplayName());
                }
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    failed.add(test.getUniqueId() + ": "
                            + result.getThrowable().map(Throwable::getMessage).orElse(""));
                }
            }
        });
        assertThat(ran).as("tests that ran").isNotEmpty();
        return failed;
    }

    private static Method method(TestDescriptor test) {
        TestSource source = test.getSource().orElse(null);
        return source instanceof MethodSource method ? method.getJavaMethod() : null;
    }
}
