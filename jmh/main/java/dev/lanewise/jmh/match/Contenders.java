// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import java.util.List;
import java.util.ServiceLoader;

/** The names of the contenders, and which of them there are. */
final class Contenders {
  static final String LANEWISE = "lanewise";
  static final String NAIVE = "naive";

  /** Those of the Maven profile {@code peers}. */
  static final List<String> PEERS =
      List.of("onednn", "onednn-nchw", "torch", "ort", "openblas", "netlib");

  private Contenders() {}

  /**
   * The contender of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Contender create(String name, int threads) {
    return switch (name) {
      case LANEWISE -> new LanewiseContender();
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
