<?php
declare( strict_types=1 );

namespace SlashImage;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require __DIR__ . '/load.php';

Lifecycle::uninstall();
