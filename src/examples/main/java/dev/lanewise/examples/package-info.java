// SPDX-License-Identifier: Apache-2.0
/**
 * Networks trained on real data from the command line; each is a subcommand of {@link
 * dev.lanewise.examples.Demo}.
 */
package dev.lanewise.examples;
