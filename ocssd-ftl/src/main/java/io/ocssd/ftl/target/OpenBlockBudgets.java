package io.ocssd.ftl.target;

import io.ocssd.error.NoSpaceException;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import java.util.List;
import java.util.stream.Collectors;

/** Shares out a device's limit of open blocks. */
final class OpenBlockBudgets {
    private OpenBlockBudgets() {}

    /**
     * The budget of a target.
     *
     * @param asked as in {@link TargetRequest#openBlocks}
     * @param most what the device allows its targets together, {@link Integer#MAX_VALUE} when nothing limits it
     * @param nobodys blocks that are open and no target's
     * @param others the other targets
     * @param part how much of the drive the target is given
     * @param whole how much of it no other target has
     * @return 0 when nothing limits it
     * @throws NoSpaceException when what is left is less than was asked for, or than every target needs
     */
    static int choose(int asked, int most, int nobodys, List<TargetInfo> others, int part, int whole)
            throws NoSpaceException {
        if (most == Integer.MAX_VALUE) {
            return asked;
        }
        int fewest = Math.max(asked, TargetRequest.FEWEST_OPEN_BLOCKS);
        int left = most
                - nobodys
                - others.stream().mapToInt(TargetInfo::openBlocks).sum();
        if (left < fewest) {
            throw new NoSpaceException(
                    "the drive allows " + most + " open blocks" + holders(others, nobodys)
                            + (asked == 0 ? ", and a target needs " : ", and the target is to have ") + fewest,
                    others.isEmpty()
                            ? "use a drive that allows more"
                            : "give another target fewer with ocssd target resize NAME --open-blocks, or remove one");
        }
        if (asked > 0) {
            return asked;
        }
        return Math.max(fewest, (int) ((long) left * part / Math.max(part, whole)));
    }

    private static String holders(List<TargetInfo> others, int nobodys) {
        String who = others.stream()
                .map(target -> "\"" + target.name() + "\" has " + target.openBlocks())
                .collect(Collectors.joining(", "));
        String rest = nobodys == 0 ? "" : nobodys + " are open that belong to no target";
        return (who.isEmpty() ? "" : ", " + who) + (rest.isEmpty() ? "" : ", " + rest);
    }
}
