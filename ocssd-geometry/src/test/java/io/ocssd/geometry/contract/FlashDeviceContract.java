package io.ocssd.geometry.contract;

import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * What every flash device must do: the {@linkplain Rule rules} of Open-Channel SSD 2.0 and of zones with their status codes,
 * and the contract of queues.
 *
 * <p>The test of a kind of device extends this class and says which drives there are of it and how one is opened:
 *
 * <pre>{@code
 * final class MyDriveTest extends FlashDeviceContract {
 *     @Override
 *     protected List<Shape> shapes() {
 *         return List.of(Shape.of("/dev/nvme0n1", Trait.CHUNKS, Trait.NO_COPY, Trait.NO_ERASE_FREE,
 *                 Trait.NO_ERASE_OPEN, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS, Trait.LARGE_BLOCKS,
 *                 Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS, Trait.PAYLOAD, Trait.CLOSED_IS_OUT_OF_ORDER));
 *     }
 *
 *     @Override
 *     protected Scheduler newScheduler() {
 *         return Scheduler.real();
 *     }
 *
 *     @Override
 *     protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
 *         FlashDevice device = Ocssd.openDevice("nvme:" + shape.name(), scheduler);
 *         // ... erase every block that is not free ...
 *         return device;
 *     }
 * }
 * }</pre>
 *
 * <p>A {@link Shape} declares what its drive is like. A test that needs what no shape of the kind has is not run; the ledger
 * that is printed in the end names it and says what was missing. Nothing is left out silently, and a declaration that does
 * not agree with what the drive says about itself fails.
 *
 * <p>The class is in the test jar of ocssd-geometry ({@code <type>test-jar</type>}); it needs JUnit 5 and AssertJ. Tests run
 * one at a time, each on a drive opened for it. Every test destroys what is on the drive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FlashDeviceContract {
    /** For subclasses. */
    protected FlashDeviceContract() {}

    /** The drives that the contract is tried on; the same list at every call. */
    protected abstract List<Shape> shapes();

    /** A scheduler of the kind that this device is tried with. */
    protected abstract Scheduler newScheduler();

    /**
     * Opens a new drive: nothing is written on it, and its counters are at zero. Called from a task of the scheduler.
     *
     * @param shape one of {@link #shapes()}
     */
    protected abstract FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception;

    /** Opens the drive again that was opened last and closed since. For shapes that declare {@link Trait#REOPENS}. */
    protected FlashDevice reopen(Shape shape, Scheduler scheduler) throws Exception {
        throw new UnsupportedOperationException("shape=" + shape + " declares REOPENS, but reopen is not overridden");
    }

    /**
     * Opens a new drive whose power is cut. For shapes that declare {@link Trait#LOSES_POWER}.
     *
     * @param command the number of the command, from 1, with whose submission the power goes
     * @param seed decides what becomes of the commands under way
     */
    protected FlashDevice openNewToBeCut(Shape shape, Scheduler scheduler, long command, long seed) throws Exception {
        throw new UnsupportedOperationException(
                "shape=" + shape + " declares LOSES_POWER, but openNewToBeCut is not overridden");
    }

    /** What puts faults into a drive of {@link #openNew}. For shapes that declare {@link Trait#FAULTS}. */
    protected FaultSource faults(FlashDevice device) {
        throw new UnsupportedOperationException("FAULTS is declared, but faults is not overridden");
    }

    /** Takes a line of the ledger; prints it unless overridden. */
    protected void tell(String line) {
        System.out.println(line);
    }

    @Nested
    final class Declarations extends DeclarationContract {}

    @Nested
    final class Addresses extends AddressContract {}

    @Nested
    final class Pages extends PageContract {}

    @Nested
    final class States extends StateContract {}

    @Nested
    final class Writes extends WriteContract {}

    @Nested
    final class WriteOrders extends WriteOrderContract {}

    @Nested
    final class OpenLimits extends OpenLimitContract {}

    @Nested
    final class Reads extends ReadContract {}

    @Nested
    final class Erases extends EraseContract {}

    @Nested
    final class Copies extends CopyContract {}

    @Nested
    final class UnusualBlocks extends UnusualBlockContract {}

    @Nested
    final class Wear extends WearContract {}

    @Nested
    final class Faults extends FaultContract {}

    @Nested
    final class OobBytes extends OobContract {}

    @Nested
    final class Features extends FeatureContract {}

    @Nested
    final class Orders extends OrderContract {}

    @Nested
    final class PowerCuts extends PowerCutContract {}

    @Nested
    final class Zones extends ZoneContract {}

    @Nested
    final class ZoneStates extends ZoneStateContract {}

    @Nested
    final class Counters extends CounterContract {}

    @Nested
    final class Queues extends QueueContract {}
}
