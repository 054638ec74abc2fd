package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.error.NotFoundException;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;

/** Opens the target that a verb means. */
final class TargetVblocks {
    private TargetVblocks() {}

    /** What is done with an open target. */
    interface Body<R> {
        R run(Target target, Drive drive) throws Exception;
    }

    /** Opens the target, does it, closes the drive. */
    static <R> R with(Session session, TargetOption which, OpenOptions options, Body<R> body) throws Exception {
        return new Devices(session)
                .withDrive(options, (drive, scheduler) -> body.run(drive.target(which.nameOn(drive)), drive));
    }

    /**
     * A vblock of the target.
     *
     * @throws NotFoundException when there is none with this id
     */
    static Vblock find(Vblocks vblocks, long id) throws IOException {
        try {
            return vblocks.open(id);
        } catch (NotFoundException e) {
            throw new NotFoundException(
                    "there is no vblock " + VblockView.id(id), "ocssd vblock list shows what there is");
        }
    }
}
