package io.ocssd.geometry.decorator.faults;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.DecoratorParameters;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Faults by URI: {@code faults+emu:drive.img?faults=FILE&faults.seed=3}. Stateless.
 *
 * <p>Parameters: {@code faults=FILE}, a fault file; {@code faults.rules=FAULT;FAULT}, the same grammar with semicolons for
 * ends of lines and commas for blanks; {@code faults.storm=PERCENT}, all kinds of media faults at that rate; {@code
 * faults.KIND=PERCENT} for one kind ({@code early-close}, {@code next-unit}, {@code reset-fail}, {@code unreadable}, {@code
 * high-ecc}); {@code faults.seed=N}; {@code faults.damage=FILE}, where the damage is kept.
 *
 * <p>Damage is that of one drive, and drives are told apart by shape and serial number. Emulated drives of one seed have the
 * same serial number unless {@code serial} is given: give each its own damage file, and delete it with the image.
 */
public final class FaultsDecorator implements DeviceDecorator {
    static final String NAME = "faults";

    private static final String RULES = "rules";
    private static final String STORM = "storm";
    private static final String SEED = "seed";
    private static final String DAMAGE = "damage";
    private static final ImmutableSet<FaultKind> MEDIA = ImmutableSet.of(
            FaultKind.EARLY_CLOSE, FaultKind.NEXT_UNIT, FaultKind.RESET_FAIL, FaultKind.UNREADABLE, FaultKind.HIGH_ECC);

    /** For {@link java.util.ServiceLoader}. */
    public FaultsDecorator() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) throws IOException {
        DecoratorParameters given = new DecoratorParameters(uri, NAME, known());
        Faults plan = new Faults(given.number(SEED, 0, Long.MIN_VALUE, Long.MAX_VALUE));
        arm(plan, given);
        if (given.has(DAMAGE)) {
            plan.keepDamageIn(Path.of(given.text(DAMAGE, "")));
        }
        try {
            return new FaultyDevice(inner, plan, scheduler, given.decorated(inner), plan);
        } catch (IOException | RuntimeException e) {
            plan.close();
            throw e;
        }
    }

    private static ImmutableSet<String> known() {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        names.add(NAME, RULES, STORM, SEED, DAMAGE);
        MEDIA.forEach(each -> names.add(each.label()));
        return names.build();
    }

    private static void arm(Faults plan, DecoratorParameters given) throws IOException {
        if (given.has(NAME)) {
            Faults.read(Path.of(given.text(NAME, ""))).forEach(plan::arm);
        }
        if (given.has(RULES)) {
            FaultParser.parseAll(NAME + "." + RULES, Splitter.on(';').splitToList(given.text(RULES, "")))
                    .forEach(plan::arm);
        }
        for (FaultKind each : MEDIA) {
            String rate = given.has(each.label()) ? each.label() : STORM;
            if (given.has(rate)) {
                double percent = FaultParser.percent(NAME + "." + rate, given.text(rate, ""));
                plan.arm(new FaultFields(each).fault().percent(percent));
            }
        }
    }
}
