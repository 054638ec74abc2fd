package io.ocssd.geometry.contract;

import io.ocssd.scheduler.Scheduler;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link ContractTest} on every shape that has what it needs, as a task of the scheduler of that kind of drive. */
final class ContractExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        FlashDeviceContract kind = context.getRequiredTestInstances()
                .findInstance(FlashDeviceContract.class)
                .orElseThrow();
        Method test = context.getRequiredTestMethod();
        Set<Trait> needs = needs(test);
        List<Shape> shapes = kind.shapes().stream()
                .filter(shape -> shape.traits().containsAll(needs))
                .toList();
        ContractLedger ledger = ContractLedger.of(context, kind);
        if (shapes.isEmpty()) {
            String why = ledger.leaveOut(test, missing(kind, needs));
            return Stream.of(new NotForThisKind(why));
        }
        ledger.prove(test);
        return shapes.stream().map(shape -> new OnShape(kind, shape));
    }

    static Set<Trait> needs(Method test) {
        EnumSet<Trait> needs = EnumSet.noneOf(Trait.class);
        needs.addAll(List.of(test.getAnnotation(ContractTest.class).needs()));
        return needs;
    }

    /** What no shape has, or all that is needed when only their combination is missing. */
    private static Set<Trait> missing(FlashDeviceContract kind, Set<Trait> needs) {
        EnumSet<Trait> nowhere = EnumSet.copyOf(needs);
        kind.shapes().forEach(shape -> nowhere.removeAll(shape.traits()));
        return nowhere.isEmpty() ? needs : nowhere;
    }

    /** Stands for a test that says nothing about this kind of drive. */
    private record NotForThisKind(String why) implements TestTemplateInvocationContext, InvocationInterceptor {
        @Override
        public String getDisplayName(int invocationIndex) {
            return why;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this, new ParameterResolver() {
                @Override
                public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
                    return true;
                }

                @Override
                public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
                    return null;
                }
            });
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            test.skip();
        }
    }

    /** One test on one shape. */
    private static final class OnShape
            implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor, AfterEachCallback {
        private final FlashDeviceContract kind;
        private final Shape shape;
        private Scheduler scheduler;
        private Stand stand;
        private Rig rig;

        OnShape(FlashDeviceContract kind, Shape shape) {
            this.kind = kind;
            this.shape = shape;
        }

        @Override
        public String getDisplayName(int invocationIndex) {
            return shape.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Rig.class || type == Stand.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            if (stand == null) {
                scheduler = kind.newScheduler();
                stand = new Stand(kind, shape, scheduler);
            }
            if (parameter.getParameter().getType() == Stand.class) {
                return stand;
            }
            try {
                rig = scheduler.run("open", stand::open);
            } catch (Exception e) {
                throw new IllegalStateException("a drive of the shape " + shape + " could not be opened", e);
            }
            return rig;
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            scheduler.run("contract", () -> {
                try {
                    return test.proceed();
                } catch (AssertionError e) {
                    throw new AssertionError("on the drive " + shape + ": " + e.getMessage(), e);
                } catch (Exception | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            if (rig != null) {
                scheduler.run("close", () -> {
                    rig.close();
                    return null;
                });
            }
            if (scheduler != null) {
                scheduler.close();
            }
        }
    }
}
