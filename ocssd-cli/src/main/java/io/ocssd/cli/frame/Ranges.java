package io.ocssd.cli.frame;

import java.util.List;

/** Numbers as ranges, the way {@link NumberSet} reads them. */
public final class Ranges {
    private Ranges() {}

    /**
     * Numbers as text: {@code 0-3,8}.
     *
     * @param numbers ascending
     */
    public static String of(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); ) {
            int end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            text.append(text.length() == 0 ? "" : ",").append(numbers.get(i));
            if (end > i) {
                text.append('-').append(numbers.get(end));
            }
            i = end + 1;
        }
        return text.toString();
    }
}
