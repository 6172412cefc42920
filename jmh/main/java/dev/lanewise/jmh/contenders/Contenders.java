// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import java.util.List;
import java.util.ServiceLoader;

/** The names of the contenders, and what becomes of them. */
public final class Contenders {
  public static final String LANEWISE = "lanewise";

  /** With {@link Arithmetic#FAST}. */
  public static final String LANEWISE_FAST = "lanewise-fast";

  public static final String NAIVE = "naive";

  /** The peer that works on layouts of its own, so that nobody with NCHW arrays can have it. */
  public static final String OWN_LAYOUTS = "onednn";

  public static final List<String> WITHOUT_PEERS = List.of(LANEWISE, LANEWISE_FAST, NAIVE);

  /** Those of the Maven profile {@code peers}. */
  public static final List<String> PEERS =
      List.of(OWN_LAYOUTS, "onednn-nchw", "torch", "ort", "openblas", "netlib");

  private Contenders() {}

  /** Whether Lanewise is to be compared with it. */
  public static boolean isPeer(String name) {
    return PEERS.contains(name);
  }

  /**
   * Whose results a contender's must equal: Lanewise's, and Lanewise's those of the naive loops.
   */
  public static Contender referenceFor(Contender contender) {
    return contender instanceof LanewiseContender
        ? new NaiveContender()
        : new LanewiseContender(Arithmetic.EXACT_SUM);
  }

  /**
   * The contender of that name, on as many threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Contender create(String name, int threads) {
    return switch (name) {
      case LANEWISE -> new LanewiseContender(Arithmetic.EXACT_SUM);
      case LANEWISE_FAST -> new LanewiseContender(Arithmetic.FAST);
      case NAIVE -> new NaiveContender();
      default ->
          ServiceLoader.load(PeerFactory.class)
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("contender: '" + name + "' needs --peers"))
              .create(name, threads);
    };
  }
}
