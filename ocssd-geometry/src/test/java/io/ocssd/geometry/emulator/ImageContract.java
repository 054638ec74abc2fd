package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract on image files, which can be opened again, also after a power cut. */
abstract class ImageContract extends FlashDeviceContract {
    @TempDir
    Path directory;

    private int images;

    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.with(
                List.of(
                        EmulatedShapes.UNITS,
                        EmulatedShapes.COPYING,
                        EmulatedShapes.LIMITED,
                        EmulatedShapes.UNUSUAL,
                        EmulatedShapes.ZONED_ODD,
                        EmulatedShapes.PAIRS),
                Trait.REOPENS,
                Trait.LOSES_POWER);
    }

    /** Parameters of every opening, each with an ampersand before it. */
    protected String opening() {
        return "";
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        images++;
        return Images.openNew(image(), shape.name() + opening(), scheduler);
    }

    @Override
    protected FlashDevice openNewToBeCut(Shape shape, Scheduler scheduler, long command, long seed) throws Exception {
        images++;
        return Images.openNew(image(), shape.name() + opening() + "&cut=" + command + "&cutSeed=" + seed, scheduler);
    }

    @Override
    protected FlashDevice reopen(Shape shape, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice("emu:" + image() + opening().replaceFirst("&", "?"), scheduler);
    }

    private Path image() {
        return directory.resolve("drive" + images + ".img");
    }
}
